<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<@layout.registrationLayout; section>
<#if section == "header">The passkey did not work
<#elseif section == "form">
<form class="ju-form" id="kc-error-credential-form" action="${url.loginAction}" method="post">
  <input type="hidden" name="authenticationExecution" value="${execution}">
  <input type="hidden" name="isSetRetry" value="retry">
  <div class="ju-buttons"><@field.button text="Try again" id="kc-try-again"/><@field.cancel/></div>
</form>
</#if>
</@layout.registrationLayout>
