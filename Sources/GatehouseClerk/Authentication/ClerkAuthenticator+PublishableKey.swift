public import Logging

extension ClerkAuthenticator {
    /// Makes an authenticator for the instance of a publishable key: the `iss` of its tokens and the address of its keys follow.
    ///
    /// The keys are loaded once they are needed or, if the authenticator runs as a service, at the start of the service. The state of
    /// the keys is logged (`KeySetLog`).
    ///
    /// - Parameters:
    ///   - publishableKey: `pk_live_…` or `pk_test_…`, from the instance's dashboard. Behind a proxy (`proxyUrl`) issuer and address
    ///     are the proxy's, which the key does not know: make the authenticator of keys and a configuration there.
    ///   - authorizedParties: The origins that session tokens may have been made for (`azp`).
    ///   - transport: The transport that loads the keys.
    ///   - marks: The marks of JWTs that are no longer accepted, such as those of the `Authorizer`; `nil` if all that verify are accepted.
    ///   - clock: The clock that tells the time.
    ///   - logger: The logger for the loads of keys.
    /// - Throws: `SettingError` if the text is no publishable key.
    public init(
        publishableKey: String,
        authorizedParties: [String],
        transport: any HTTPTransport,
        marks: RevocationMarks? = nil,
        clock: WallClock = .system,
        logger: Logger = Logger(label: "gatehouse")
    ) throws(SettingError) {
        guard let key = PublishableKey(publishableKey) else {
            throw SettingError(
                .malformed,
                "publishableKey",
                "this is no publishable key: one begins with pk_live_ or pk_test_, as the instance's dashboard shows it"
            )
        }
        let configuration = Configuration(publishableKey: key, authorizedParties: authorizedParties)
        let keys = try RemoteKeySet(
            configuration: .init(url: key.jwksURL),
            transport: transport,
            observer: KeySetLog(logger)
        )
        try self.init(keys: keys, configuration: configuration, marks: marks, clock: clock)
    }
}
