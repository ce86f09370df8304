<#-- What to do for who cannot sign in: by themselves where the realm lets them. -->
<#macro forgotten>
<details class="govuk-details ju-help">
  <summary class="govuk-details__summary"><span class="govuk-details__summary-text">I cannot sign in</span></summary>
  <div class="govuk-details__text">
    <#if realm.resetPasswordAllowed>
    <p><a class="govuk-link" href="${url.loginResetCredentialsUrl}">Choose a new password</a> with a link that we send to your school or Local Authority email address.</p>
    </#if>
    <p>Ask whoever looks after ICT in your school, or your Local Authority’s service desk: they can tell you your username and give you a new password.</p>
    <p>After 10 wrong passwords in a row, wait 15 minutes before you try again.</p>
  </div>
</details>
</#macro>
