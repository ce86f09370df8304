<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<#assign shortest = (passwordPolicies.length)!0>
<#assign errors = field.errors("password-confirm")>
<#assign confirmError = (errors?first.text)!"">
<#assign newError = confirmError?has_content?then("", field.refusal("password"))>
<#if newError?has_content>
  <#assign errors = [{"field": "password-new", "text": newError}]>
</#if>
<@layout.registrationLayout errors=errors; section>
<#if section == "header">Choose a new password
<#elseif section == "form">
<form class="ju-form" id="kc-passwd-update-form" action="${url.loginAction}" method="post" novalidate>
  <@field.password id="password-new" label="New password" hint=(shortest > 0)?then("At least ${shortest} characters. Three words that have nothing to do with each other are hard to guess and easy to remember.", "") error=newError autocomplete="new-password" focus=true/>
  <@field.password id="password-confirm" label="The new password once more" error=confirmError autocomplete="new-password"/>
  <@field.checkbox id="logout-sessions" label="Sign me out on other devices"/>
  <div class="ju-buttons"><@field.button text="Save the new password" name="login"/><@field.cancel/></div>
</form>
</#if>
</@layout.registrationLayout>
