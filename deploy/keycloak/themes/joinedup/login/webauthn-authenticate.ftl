<#import "template.ftl" as layout>
<#import "passkey.ftl" as passkey>
<@layout.registrationLayout; section>
<#if section == "header">Use your passkey
<#elseif section == "form">
<#if authenticators?? && shouldDisplayAuthenticators?? && shouldDisplayAuthenticators>
<p class="govuk-body">You have set up:</p>
<ul class="govuk-list govuk-list--bullet" id="passkeys">
  <#list authenticators.authenticators as one>
  <li>${one.label!"Passkey"}</li>
  </#list>
</ul>
</#if>
<p class="govuk-body">Your device or your security key asks for your finger, your face or a PIN.</p>
<@passkey.needs/>
<@passkey.asked allowed=(authenticators.authenticators)![]>
<button class="govuk-button ju-button" id="passkey" type="button" hidden>Use the passkey</button>
</@passkey.asked>
</#if>
</@layout.registrationLayout>
