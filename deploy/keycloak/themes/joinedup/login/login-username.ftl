<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<#import "help.ftl" as help>
<#assign errors = field.errors("username")>
<@layout.registrationLayout errors=errors; section>
<#if section == "header">Sign in to Joinedup
<#elseif section == "form">
<form class="ju-form" id="kc-form-login" action="${url.loginAction}" method="post" novalidate>
  <@field.text id="username" label="Username or email address" value=(login.username)!"" hint="The one that your school or Local Authority gave you" error=(errors?first.text)!"" autocomplete="username" focus=true/>
  <div class="ju-buttons"><@field.button text="Continue" id="kc-login" name="login"/></div>
</form>
<@help.forgotten/>
</#if>
</@layout.registrationLayout>
