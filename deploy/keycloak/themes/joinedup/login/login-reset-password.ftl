<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<#assign errors = field.errors("username")>
<@layout.registrationLayout errors=errors; section>
<#if section == "header">Choose a new password
<#elseif section == "form">
<p class="govuk-body">Tell us who you are. If we know you, we send an email with a link at which you choose a new password.</p>
<form class="ju-form" id="kc-reset-password-form" action="${url.loginAction}" method="post" novalidate>
  <@field.text id="username" label="Username or email address" value=(auth.attemptedUsername)!"" error=(errors?first.text)!"" autocomplete="username" focus=true/>
  <div class="ju-buttons">
    <@field.button text="Send the email"/>
    <a class="govuk-link govuk-body" href="${url.loginUrl}">Back to signing in</a>
  </div>
</form>
</#if>
</@layout.registrationLayout>
