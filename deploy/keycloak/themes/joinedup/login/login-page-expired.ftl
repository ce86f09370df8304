<#import "template.ftl" as layout>
<@layout.registrationLayout; section>
<#if section == "header">This page has expired
<#elseif section == "form">
<p class="govuk-body">Nothing was lost. Go on where you were, or start signing in again.</p>
<div class="ju-buttons">
  <a class="govuk-button ju-button" id="loginContinueLink" href="${url.loginAction}" role="button" draggable="false" data-module="govuk-button">Go on</a>
  <a class="govuk-button ju-button ju-button--quiet" id="loginRestartLink" href="${url.loginRestartFlowUrl}" role="button" draggable="false" data-module="govuk-button">Start again</a>
</div>
</#if>
</@layout.registrationLayout>
