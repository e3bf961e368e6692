<?xml version="1.0" encoding="UTF-8"?>
<!-- Of a report of tests, a line for each that was skipped: what was not checked, and why. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text" />

  <!-- The runs of one test, which differ in what follows its name in parentheses, are told once. -->
  <xsl:template match="/">
    <xsl:for-each select="//testcase[skipped]">
      <xsl:variable name="name" select="substring-before(concat(@name, '('), '(')" />
      <xsl:if test="not(preceding-sibling::testcase[skipped][substring-before(concat(@name, '('), '(') = $name])">
        <xsl:value-of select="concat('NOT CHECKED: ', @classname, ' ', $name, ': ')" />
        <xsl:apply-templates select="skipped" />
        <xsl:text>&#10;</xsl:text>
      </xsl:if>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="skipped[@message]">
    <xsl:value-of select="normalize-space(@message)" />
  </xsl:template>

  <!-- Of an assumption that failed there is the stack trace only; its first line ends in the reason. -->
  <xsl:template match="skipped">
    <xsl:value-of select="substring-after(substring-before(concat(., '&#10;'), '&#10;'), ': ')" />
  </xsl:template>
</xsl:stylesheet>
