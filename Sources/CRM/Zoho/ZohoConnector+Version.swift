extension ZohoConnector {
    package func versionStep() async -> CheckStep? {
        CheckStep.passed(.version, en: "Version 8 of Zoho's API is used.", es: "Se usa la versión 8 de la API de Zoho.")
    }
}
