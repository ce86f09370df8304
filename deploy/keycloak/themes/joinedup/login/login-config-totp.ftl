<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<#assign errors = field.errors("totp", "userLabel")>
<#assign byHand = mode?? && mode == "manual">
<@layout.registrationLayout errors=errors; section>
<#if section == "header">Set up your authenticator app
<#elseif section == "form">
<p class="govuk-body">It proves that it is you who signs in: beside your password you will enter a code that the app shows.</p>
<form class="ju-form" id="kc-totp-settings-form" action="${url.loginAction}" method="post" novalidate>
  <ol class="ju-steps">
    <li>
      <h2 class="govuk-heading-s">Open the app on your phone</h2>
      <p class="govuk-body">If you have none yet, install one of these:</p>
      <ul class="govuk-list govuk-list--bullet" id="kc-totp-supported-apps">
        <#list totp.supportedApplications as app>
        <li>${msg(app)}</li>
        </#list>
      </ul>
    </li>
    <li>
      <#if byHand>
      <h2 class="govuk-heading-s">Enter this key in the app</h2>
      <p class="ju-key" id="kc-totp-secret-key">${totp.totpSecretEncoded}</p>
      <dl class="govuk-summary-list govuk-summary-list--no-border ju-settings">
        <@setting "Type" msg("loginTotp." + totp.policy.type)/>
        <@setting "Algorithm" totp.policy.getAlgorithmKey()/>
        <@setting "Digits" totp.policy.digits/>
        <#if totp.policy.type == "totp"><@setting "Seconds" totp.policy.period/><#else><@setting "Counter" totp.policy.initialCounter/></#if>
      </dl>
      <p class="govuk-body"><a class="govuk-link" id="mode-barcode" href="${totp.qrUrl}">Scan a picture instead</a></p>
      <#else>
      <h2 class="govuk-heading-s">Scan this with the app</h2>
      <img class="ju-code" id="kc-totp-secret-qr-code" src="data:image/png;base64,${totp.totpSecretQrCode}" alt="QR code that holds the key; the link below shows the same key as text">
      <p class="govuk-body"><a class="govuk-link" id="mode-manual" href="${totp.manualUrl}">I cannot scan it: show the key as text</a></p>
      </#if>
    </li>
    <li>
      <h2 class="govuk-heading-s">Enter the code that the app shows</h2>
      <@field.text id="totp" label="Code from the app" hint="It has ${totp.policy.digits} digits" error=messagesPerField.existsError("totp")?then(messagesPerField.get("totp"), "") autocomplete="one-time-code" width="5" numeric=true/>
      <@field.text id="userLabel" label="Name of this device" + totp.otpCredentials?has_content?then("", " (optional)") hint="Like: My phone" error=messagesPerField.existsError("userLabel")?then(messagesPerField.get("userLabel"), "")/>
    </li>
  </ol>
  <input type="hidden" name="totpSecret" value="${totp.totpSecret}">
  <#if mode??><input type="hidden" name="mode" value="${mode}"></#if>
  <@field.checkbox id="logout-sessions" label="Sign me out on other devices"/>
  <div class="ju-buttons"><@field.button text="Finish" id="saveTOTPBtn"/><@field.cancel/></div>
</form>
<#if !isAppInitiatedAction?? && properties.portalUrl?has_content>
<p class="govuk-body"><a class="govuk-link" id="with-passkey" href="${properties.portalUrl}/login?with=passkey">Set up a passkey instead</a>. You sign in afresh for it.</p>
</#if>
</#if>
</@layout.registrationLayout>

<#macro setting name value>
<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${name}</dt><dd class="govuk-summary-list__value">${value}</dd></div>
</#macro>
