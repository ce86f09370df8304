<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<@layout.registrationLayout; section>
<#if section == "header">Do you want to sign out?
<#elseif section == "form">
<p class="govuk-body" id="kc-logout-confirm">You will be signed out of Joinedup in this browser.</p>
<form class="ju-form" action="${url.logoutConfirmAction}" method="post">
  <input type="hidden" name="session_code" value="${logoutConfirm.code}">
  <div class="ju-buttons">
    <@field.button text="Sign out" id="kc-logout" name="confirmLogout"/>
    <#if properties.portalUrl?has_content><a class="govuk-link govuk-body" href="${properties.portalUrl}/">Stay signed in</a></#if>
  </div>
</form>
</#if>
</@layout.registrationLayout>
