<#-- The password; and the username with it, where nothing asked for that before. -->
<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<#import "help.ftl" as help>
<#assign asksWho = !usernameHidden??>
<#assign error = messagesPerField.existsError("username", "password")?then(messagesPerField.getFirstError("username", "password"), "")>
<#assign errors = error?has_content?then([{"field": asksWho?then("username", "password"), "text": error}], [])>
<@layout.registrationLayout errors=errors; section>
<#if section == "header">${asksWho?then("Sign in to Joinedup", "Enter your password")}
<#elseif section == "form">
<form class="ju-form" id="kc-form-login" action="${url.loginAction}" method="post" novalidate>
  <#if asksWho>
  <@field.text id="username" label="Username or email address" value=(login.username)!"" error=error autocomplete="username" focus=true/>
  <@field.password id="password" label="Password"/>
  <#else>
  <#-- Not sent: it tells a password manager whose password this is. -->
  <input type="text" value="${auth.attemptedUsername!}" autocomplete="username" hidden>
  <@field.password id="password" label="Password" error=error focus=true/>
  </#if>
  <#if realm.rememberMe && asksWho>
  <@field.checkbox id="rememberMe" label=msg("rememberMe") checked=login.rememberMe??/>
  </#if>
  <input type="hidden" name="credentialId" value="${auth.selectedCredential!}">
  <div class="ju-buttons"><@field.button text="Sign in" id="kc-login" name="login"/></div>
</form>
<@help.forgotten/>
</#if>
</@layout.registrationLayout>
