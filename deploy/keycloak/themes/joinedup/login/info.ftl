<#import "template.ftl" as layout>
<#import "onward.ftl" as onward>
<@layout.registrationLayout displayMessage=false; section>
<#if section == "header"><#if messageHeader??>${kcSanitize(msg("${messageHeader}"))?no_esc}<#else>${kcSanitize(message.summary)?no_esc}</#if>
<#elseif section == "form">
<#if messageHeader??>
<p class="govuk-body">${kcSanitize(message.summary)?no_esc}</p>
</#if>
<#if requiredActions?has_content>
<ul class="govuk-list govuk-list--bullet">
  <#list requiredActions as action>
  <li>${kcSanitize(msg("requiredAction.${action}"))?no_esc}</li>
  </#list>
</ul>
</#if>
<#if actionUri?has_content>
<@onward.link actionUri "Go on"/>
<#else>
<@onward.portal/>
</#if>
</#if>
</@layout.registrationLayout>
