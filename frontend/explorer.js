// Makes the pages better where scripts run; every page works without this file.
//
// Built as one classic script, to be loaded with `<script src=".../explorer.js" defer></script>`:
// no inline script is needed, so a strict Content-Security-Policy holds.

import { createAll } from 'govuk-frontend/dist/govuk/init.mjs'
import { Accordion } from 'govuk-frontend/dist/govuk/components/accordion/accordion.mjs'
import { Button } from 'govuk-frontend/dist/govuk/components/button/button.mjs'
import { Checkboxes } from 'govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs'
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs'
import { NotificationBanner } from 'govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs'
import { Radios } from 'govuk-frontend/dist/govuk/components/radios/radios.mjs'
import { ServiceNavigation } from 'govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs'
import { SkipLink } from 'govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs'
import { Tabs } from 'govuk-frontend/dist/govuk/components/tabs/tabs.mjs'

const components = [
  Accordion,
  Button,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs
]

// GOV.UK Frontend starts only where the body carries these classes; its own template sets them
// with an inline script, which we do without.
if ('noModule' in HTMLScriptElement.prototype) {
  document.body.classList.add('js-enabled', 'govuk-frontend-supported')
  for (const component of components) createAll(component)
}
