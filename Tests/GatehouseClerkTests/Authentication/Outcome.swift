import GatehouseClerk
import GatehouseTesting

/// The finding of an authenticator for a request with these fields.
struct Outcome {
    let authentication: Authentication

    init(
        of fields: HTTPFields,
        _ configuration: ClerkAuthenticator.Configuration = .init(),
        keys: KeySet? = nil,
        opaqueTokens: (any OpaqueTokenVerifier)? = nil,
        at time: Timestamp = Fixture.now
    ) async throws {
        let authenticator = try ClerkAuthenticator(
            keys: try keys ?? Fixture.pair.get().keySet,
            opaqueTokens: opaqueTokens,
            configuration: configuration,
            clock: ManualClock(time).wall
        )
        authentication = await authenticator.authenticate(
            AuthorizationRequest(method: .get, path: "/", headerFields: fields)
        )
    }

    /// The principal of an accepted credential.
    var principal: Principal? {
        if case .authenticated(let principal) = authentication { principal } else { nil }
    }

    /// The kind of an accepted token, or why there is none.
    var text: String? {
        switch authentication {
        case .authenticated(let principal): principal.tokenKind?.rawValue
        case .anonymous: "anonymous"
        case .rejected(let code, _): code
        case .unavailable(let code, _, _): "503 \(code)"
        }
    }
}
