<#-- What a passkey is asked for with: passkey.js reads it, and fills the form in. -->
<#macro asked allowed>
<form id="webauth" action="${url.loginAction}" method="post" data-passkey="get" data-challenge="${challenge}" data-rp-id="${rpId}" data-verification="${userVerification}" data-timeout="${createTimeout?c}" data-allowed="<#list allowed as one>${one.credentialId}<#sep>,</#sep></#list>">
  <#list ["clientDataJSON", "authenticatorData", "signature", "credentialId", "userHandle", "error"] as name>
  <input type="hidden" name="${name}">
  </#list>
  <@failed "It was not used: you stopped, or this device holds none for Joinedup. Try once more, or sign in another way."/>
  <#nested>
</form>
</#macro>

<#macro failed text>
<div class="ju-flash ju-flash--warning" role="alert" hidden><p>${text}</p></div>
</#macro>

<#macro needs>
<noscript><p class="govuk-body">A passkey needs JavaScript, which is switched off here.</p></noscript>
</#macro>
