<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<#assign codes = recoveryAuthnCodesConfigBean.generatedRecoveryAuthnCodesList>
<@layout.registrationLayout; section>
<#if section == "header">Keep your recovery codes
<#elseif section == "form">
<p class="govuk-body">Without your authenticator app you sign in with one of these. Each works once, and they are not shown again.</p>
<ol class="govuk-list govuk-list--number ju-codes" id="kc-recovery-codes-list">
  <#list codes as code>
  <li>${shown(code)}</li>
  </#list>
</ol>
<p class="govuk-body"><a class="govuk-link" id="downloadRecoveryCodes" download="joinedup-recovery-codes.txt" href="data:text/plain;charset=utf-8,${kept()?url('UTF-8')}">Save them as a file</a>, print this page, or copy them into your password manager.</p>
<form class="ju-form" id="kc-recovery-codes-settings-form" action="${url.loginAction}" method="post">
  <input type="hidden" name="generatedRecoveryAuthnCodes" value="${recoveryAuthnCodesConfigBean.generatedRecoveryAuthnCodesAsString}">
  <input type="hidden" name="generatedAt" value="${recoveryAuthnCodesConfigBean.generatedAt?c}">
  <input type="hidden" name="userLabel" value="Recovery codes">
  <div class="govuk-form-group">
    <div class="govuk-checkboxes govuk-checkboxes--small">
      <div class="govuk-checkboxes__item">
        <input class="govuk-checkboxes__input" id="kcRecoveryCodesConfirmationCheck" type="checkbox" required>
        <label class="govuk-label govuk-checkboxes__label" for="kcRecoveryCodesConfirmationCheck">I have kept the codes somewhere safe</label>
      </div>
    </div>
  </div>
  <@field.checkbox id="logout-sessions" label="Sign me out on other devices"/>
  <div class="ju-buttons"><@field.button text="Finish" id="saveRecoveryAuthnCodesBtn"/><@field.cancel/></div>
</form>
</#if>
</@layout.registrationLayout>

<#function shown code><#return code[0..3] + "-" + code[4..7] + "-" + code[8..]></#function>

<#function kept>
  <#local text = "Recovery codes of Joinedup. Each works once; keep them where nobody else looks.\r\n\r\n">
  <#list codes as code><#local text += code?counter + ": " + shown(code) + "\r\n"></#list>
  <#return text>
</#function>
