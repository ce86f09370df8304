<#import "template.ftl" as layout>
<@layout.registrationLayout; section>
<#if section == "header">Choose how to sign in
<#elseif section == "form">
<ul class="govuk-list ju-ways">
  <#list auth.authenticationSelections as way>
  <li>
    <form action="${url.loginAction}" method="post">
      <input type="hidden" name="authenticationExecution" value="${way.authExecId}">
      <button class="govuk-button ju-button ju-button--quiet" type="submit" aria-describedby="way-${way?index}">${msg(way.displayName)}</button>
      <p class="govuk-hint" id="way-${way?index}">${msg(way.helpText)}</p>
    </form>
  </li>
  </#list>
</ul>
</#if>
</@layout.registrationLayout>
