<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<#import "help.ftl" as help>
<#assign errors = field.errors("password")>
<@layout.registrationLayout errors=errors; section>
<#if section == "header">Enter your password
<#elseif section == "form">
<form class="ju-form" id="kc-form-login" action="${url.loginAction}" method="post" novalidate>
  <@field.password id="password" label="Password" error=(errors?first.text)!"" focus=true/>
  <div class="ju-buttons"><@field.button text="Sign in" id="kc-login" name="login"/></div>
</form>
<@help.forgotten/>
</#if>
</@layout.registrationLayout>
