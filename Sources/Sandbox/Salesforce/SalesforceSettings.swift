extension SandboxConfiguration {
    /// What an administrator of the simulated Salesforce org set up.
    package struct Salesforce: Sendable {
        /// The app's consumer key and secret.
        package var consumerKey = "sandbox-consumer-key"
        package var consumerSecret = "sandbox-secret"
        /// The integration's user: the flow's run-as user and the JWT's subject.
        package var username = "puente@ejemplo.example"

        package init() {}
    }
}
