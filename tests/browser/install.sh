#!/bin/sh
# The browser that the page tests drive.  Installed when missing and possible; otherwise those tests say that they were skipped.
if command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; then exit 0; fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo 'Installing chromium for the browser tests ...'
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core) >/dev/null 2>&1 \
    || echo 'chromium could not be installed: the browser tests will be SKIPPED'
else
  echo 'chromium is not installed and cannot be installed by this user: the browser tests will be SKIPPED'
fi
exit 0
