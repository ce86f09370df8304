<#-- The parts of a form, marked up as GOV.UK Frontend has them. -->

<#-- List what is refused of the fields given, in their order: for the page's summary. -->
<#function errors ids...>
  <#local found = []>
  <#list ids as id>
    <#if messagesPerField.existsError(id)>
      <#local found += [{"field": id, "text": messagesPerField.get(id)}]>
    </#if>
  </#list>
  <#return found>
</#function>

<#-- Say what one field is refused for: Keycloak names the field of some refusals only. -->
<#function refusal ids...>
  <#list ids as id>
    <#if messagesPerField.existsError(id)><#return messagesPerField.get(id)></#if>
  </#list>
  <#return (message?has_content && message.type == "error")?then((message.summary)!"", "")>
</#function>

<#macro text id label value="" hint="" error="" autocomplete="off" focus=false width="" numeric=false longest=0>
<div class="govuk-form-group<#if error?has_content> govuk-form-group--error</#if>">
  <label class="govuk-label" for="${id}">${label}</label>
  <@notes id hint error/>
  <input class="govuk-input<#if width?has_content> govuk-input--width-${width}</#if><#if error?has_content> govuk-input--error</#if>" id="${id}" name="${id}" type="text" value="${value}" dir="ltr" spellcheck="false" autocapitalize="none" autocomplete="${autocomplete}"<@described id hint error/><#if numeric> inputmode="numeric"</#if><#if longest gt 0> maxlength="${longest}"</#if><#if focus && !error?has_content> autofocus</#if>>
</div>
</#macro>

<#macro password id label hint="" error="" autocomplete="current-password" focus=false>
<div class="govuk-form-group govuk-password-input<#if error?has_content> govuk-form-group--error</#if>" data-module="govuk-password-input">
  <label class="govuk-label" for="${id}">${label}</label>
  <@notes id hint error/>
  <div class="govuk-input__wrapper govuk-password-input__wrapper">
    <input class="govuk-input govuk-password-input__input govuk-js-password-input-input<#if error?has_content> govuk-input--error</#if>" id="${id}" name="${id}" type="password" dir="ltr" spellcheck="false" autocapitalize="none" autocomplete="${autocomplete}"<@described id hint error/><#if focus && !error?has_content> autofocus</#if>>
    <button class="govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle" data-module="govuk-button" type="button" aria-controls="${id}" aria-label="Show password" hidden>Show</button>
  </div>
</div>
</#macro>

<#macro checkbox id label checked=false>
<div class="govuk-form-group">
  <div class="govuk-checkboxes govuk-checkboxes--small">
    <div class="govuk-checkboxes__item">
      <input class="govuk-checkboxes__input" id="${id}" name="${id}" type="checkbox" value="on"<#if checked> checked</#if>>
      <label class="govuk-label govuk-checkboxes__label" for="${id}">${label}</label>
    </div>
  </div>
</div>
</#macro>

<#macro button text id="" name="" value="">
<button class="govuk-button ju-button" data-module="govuk-button" data-prevent-double-click="true" type="submit"<#if id?has_content> id="${id}"</#if><#if name?has_content> name="${name}"</#if><#if value?has_content> value="${value}"</#if>>${text}</button>
</#macro>

<#-- An action that one chose oneself can be given up; one that is required cannot. -->
<#macro cancel>
<#if isAppInitiatedAction??><button class="govuk-button ju-button ju-button--quiet" type="submit" name="cancel-aia" value="true" formnovalidate>Cancel</button></#if>
</#macro>

<#macro notes id hint error>
  <#if hint?has_content><div class="govuk-hint" id="${id}-hint">${hint}</div></#if>
  <#if error?has_content><p class="govuk-error-message" id="${id}-error"><span class="govuk-visually-hidden">Error:</span> ${kcSanitize(error)?no_esc}</p></#if>
</#macro>

<#macro described id hint error><#if hint?has_content || error?has_content> aria-describedby="<#if hint?has_content>${id}-hint</#if><#if hint?has_content && error?has_content> </#if><#if error?has_content>${id}-error</#if>"</#if><#if error?has_content> aria-invalid="true"</#if></#macro>
