<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<#assign error = field.refusal("totp")>
<#assign errors = error?has_content?then([{"field": "otp", "text": error}], [])>
<@layout.registrationLayout errors=errors; section>
<#if section == "header">Enter the code from your app
<#elseif section == "form">
<form class="ju-form" id="kc-otp-login-form" action="${url.loginAction}" method="post" novalidate>
  <#if otpLogin.userOtpCredentials?size gt 1>
  <fieldset class="govuk-fieldset govuk-form-group">
    <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Device</legend>
    <div class="govuk-radios govuk-radios--small">
      <#list otpLogin.userOtpCredentials as device>
      <div class="govuk-radios__item">
        <input class="govuk-radios__input" id="device-${device?index}" name="selectedCredentialId" type="radio" value="${device.id}"<#if device.id == otpLogin.selectedCredentialId> checked</#if>>
        <label class="govuk-label govuk-radios__label" for="device-${device?index}">${device.userLabel}</label>
      </div>
      </#list>
    </div>
  </fieldset>
  </#if>
  <@field.text id="otp" label="Code from the app" error=error autocomplete="one-time-code" width="5" numeric=true focus=true/>
  <div class="ju-buttons"><@field.button text="Sign in" id="kc-login" name="login"/></div>
</form>
</#if>
</@layout.registrationLayout>
