<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<#assign error = field.refusal("recoveryCodeInput")>
<#assign errors = error?has_content?then([{"field": "recoveryCodeInput", "text": error}], [])>
<@layout.registrationLayout errors=errors; section>
<#if section == "header">Enter a recovery code
<#elseif section == "form">
<form class="ju-form" id="kc-recovery-code-login-form" action="${url.loginAction}" method="post" novalidate>
  <@field.text id="recoveryCodeInput" label="Recovery code " + recoveryAuthnCodesInputBean.codeNumber?c hint="It has that number in the list that you kept" error=error width="20" focus=true/>
  <div class="ju-buttons"><@field.button text="Sign in" id="kc-login" name="login"/></div>
</form>
</#if>
</@layout.registrationLayout>
