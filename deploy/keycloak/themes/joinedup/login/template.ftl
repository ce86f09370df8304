<#-- The frame of every page of Keycloak's, as the portal's frame.html is of ours.

  `errors` lists what a form's fields are refused for: each with `text`, and `field`, the
  id of what must be changed. A page that has none shows Keycloak's own message. -->
<#import "assets.ftl" as assets>
<#macro registrationLayout bodyClass="" displayInfo=false displayMessage=true displayRequiredFields=false errors=[] back="">
<#local failed = errors?has_content || (message?has_content && message.type == "error")>
<#local heading><#compress><#nested "header"></#compress></#local>
<!DOCTYPE html>
<html lang="en-GB" class="govuk-template">
  <head>
    <meta charset="utf-8">
    <title>${failed?then("Error: ", "")}${heading}<#if !heading?markup_string?contains("Joinedup")> – Joinedup</#if></title>
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
    <meta name="theme-color" content="#0e3b3a">
    <meta name="robots" content="noindex">
    <link rel="icon" href="${url.resourcesPath}/${assets.names["icon.svg"]}" type="image/svg+xml">
    <link rel="stylesheet" href="${url.resourcesPath}/${assets.names["login.css"]}">
    <script type="module" src="${url.resourcesPath}/${assets.names["login.js"]}"></script>
    <#list scripts![] as script>
    <script src="${script}" type="module"></script>
    </#list>
  </head>
  <body class="govuk-template__body" data-page-id="login-${pageId}" data-signed-in-elsewhere="${url.ssoLoginInOtherTabsUrl!}" data-auth-session="${(authenticationSession.authSessionIdHash)!}">
    <a href="#main-content" class="govuk-skip-link" data-module="govuk-skip-link">Skip to main content</a>
    <header>
      <div class="ju-header">
        <div class="govuk-width-container">
          <div class="ju-header__bar"><@wordmark/></div>
        </div>
      </div>
    </header>
    <div class="ju-page">
      <div class="govuk-width-container">
        <main class="ju-main ju-sign-in" id="main-content">
          <#if failed && (errors?has_content || pageId != "error")>
          <@summary errors/>
          </#if>
          <h1 class="govuk-heading-l" id="kc-page-title">${heading}</h1>
          <#if displayMessage && message?has_content && message.type != "error" && !(message.type == "warning" && isAppInitiatedAction??)>
          <div class="ju-flash ju-flash--${message.type}" role="status"><p>${kcSanitize(message.summary)?no_esc}</p></div>
          </#if>
          <#if auth?has_content && auth.showUsername() && !auth.showResetCredentials()>
          <p class="govuk-body ju-who" id="kc-username">Signing in as <strong id="kc-attempted-username">${auth.attemptedUsername}</strong> <a class="govuk-link" id="reset-login" href="${url.loginRestartFlowUrl}">Change<span class="govuk-visually-hidden"> who is signing in</span></a></p>
          </#if>
          <#nested "form">
          <#if auth?has_content && auth.showTryAnotherWayLink()>
          <@otherForm "kc-select-try-another-way-form" "tryAnotherWay" "on" msg("doTryAnotherWay")/>
          </#if>
          <#if switchOrganizationEnabled?? && switchOrganizationEnabled>
          <@otherForm "kc-switch-organization-form" "switchOrganization" "true" msg("doSwitchOrganization")/>
          </#if>
          <#nested "socialProviders">
          <#if displayInfo>
          <div class="govuk-body" id="kc-info"><#nested "info"></div>
          </#if>
        </main>
      </div>
    </div>
    <footer class="ju-footer">
      <div class="govuk-width-container">
        <#if properties.portalUrl?has_content>
        <ul class="ju-footer__links">
          <li><a href="${properties.portalUrl}/accessibility">Accessibility</a></li>
          <li><a href="${properties.portalUrl}/cookies">Cookies</a></li>
        </ul>
        </#if>
        <p>Joinedup: ICT in schools, planned, delivered and reviewed together.</p>
      </div>
    </footer>
  </body>
</html>
</#macro>

<#macro wordmark>
<#local mark><svg class="ju-wordmark__mark" viewBox="0 0 48 48" aria-hidden="true" focusable="false"><g fill="none" stroke-width="5" stroke-linecap="round"><path d="M21 31.5a8.5 8.5 0 1 1 0-15h1" stroke="#fff"/><path d="M27 16.5a8.5 8.5 0 1 1 0 15h-1" stroke="#f5b83d"/><path d="M18.5 24h11" stroke="#fff"/></g></svg></#local>
<#if properties.portalUrl?has_content><a class="ju-wordmark" href="${properties.portalUrl}/">${mark} Joinedup</a><#else><span class="ju-wordmark">${mark} Joinedup</span></#if>
</#macro>

<#macro summary errors>
<div class="govuk-error-summary" data-module="govuk-error-summary" tabindex="-1" autofocus>
  <div role="alert">
    <h2 class="govuk-error-summary__title">There is a problem</h2>
    <div class="govuk-error-summary__body">
      <ul class="govuk-list govuk-error-summary__list">
        <#list errors as error>
        <li><a href="#${error.field}">${kcSanitize(error.text)?no_esc}</a></li>
        <#else>
        <li>${kcSanitize(message.summary)?no_esc}</li>
        </#list>
      </ul>
    </div>
  </div>
</div>
</#macro>

<#macro otherForm id name value text>
<form class="ju-other" id="${id}" action="${url.loginAction}" method="post">
  <input type="hidden" name="${name}" value="${value}">
  <button class="govuk-button ju-button ju-button--quiet" type="submit">${text}</button>
</form>
</#macro>
