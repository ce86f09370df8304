<#-- The one way on from a page at which nothing else is to be done. -->
<#macro link where text>
<div class="ju-buttons"><a class="govuk-button ju-button" id="onward" href="${where}" role="button" draggable="false" data-module="govuk-button">${text}</a></div>
</#macro>

<#macro portal>
<#if properties.portalUrl?has_content><@link "${properties.portalUrl}/" "Go to Joinedup"/></#if>
</#macro>
