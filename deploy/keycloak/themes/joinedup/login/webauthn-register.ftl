<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<#import "passkey.ftl" as passkey>
<@layout.registrationLayout; section>
<#if section == "header">Set up a passkey
<#elseif section == "form">
<p class="govuk-body">It is kept by your phone, your computer, your password manager or a security key, which asks for your finger, your face or a PIN. With it you sign in without a code, and a false page cannot make use of it.</p>
<@passkey.needs/>
<form class="ju-form" id="register" action="${url.loginAction}" method="post" data-passkey="create" data-challenge="${challenge}" data-user-id="${userid}" data-username="${username}" data-rp-id="${rpId}" data-rp-name="${rpEntityName}" data-algorithms="<#list signatureAlgorithms as one>${one?c}<#sep>,</#sep></#list>" data-attestation="${attestationConveyancePreference}" data-attachment="${authenticatorAttachment}" data-resident="${residentKey}" data-verification="${userVerificationRequirement}" data-timeout="${createTimeout?c}" data-excluded="${excludeCredentialIds}">
  <#list ["clientDataJSON", "attestationObject", "publicKeyCredentialId", "transports", "authenticatorAttachment", "error"] as name>
  <input type="hidden" name="${name}">
  </#list>
  <@field.text id="authenticatorLabel" label="Name of this passkey" hint="Like: My phone" longest=60/>
  <@field.checkbox id="logout-sessions" label="Sign me out on other devices"/>
  <@passkey.failed "No passkey was made: you stopped, or this device holds one already. Try once more, or on another device."/>
  <div class="ju-buttons">
    <button class="govuk-button ju-button" id="passkey" type="button" hidden>Set up the passkey</button>
    <@field.cancel/>
  </div>
</form>
<#if !isAppInitiatedAction?? && properties.portalUrl?has_content>
<p class="govuk-body"><a class="govuk-link" id="with-app" href="${properties.portalUrl}/login?with=app">Set up an authenticator app instead</a>. You sign in afresh for it.</p>
</#if>
</#if>
</@layout.registrationLayout>
