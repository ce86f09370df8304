<#import "template.ftl" as layout>
<#import "onward.ftl" as onward>
<@layout.registrationLayout displayMessage=false; section>
<#if section == "header">You cannot sign in this way
<#elseif section == "form">
<p class="govuk-body-l" id="kc-error-message">${kcSanitize(message.summary)?no_esc}</p>
<#if traceId??>
<p class="govuk-body" id="traceId">If it happens again, tell your service desk this number: ${traceId}</p>
</#if>
<@onward.portal/>
</#if>
</@layout.registrationLayout>
