import GatehouseHTTP
import GatehouseTesting

/// The shared parts of this module's tests: a time, a key pair, an authorizer and a request.
enum Fixture {
    static let now = Timestamp(clampingSecondsSinceEpoch: 1_800_000_000)
    static let clock = ManualClock(now)
    /// One key pair for all tests: making one takes longer than all of them.
    static let pair = Result { try KeyPair() }
    static let authorizer = Result {
        Authorizer(
            engine: try PolicyEngine(
                Policy { Role("org:reader", grants: ["org:invoices:read"]) }
            )
        )
    }

    static func request(
        token: String? = nil,
        method: HTTPRequest.Method = .get,
        principal: String? = nil
    ) -> AuthorizationRequest {
        let fields: HTTPFields = token.map { [.authorization: "Bearer \($0)"] } ?? [:]
        return AuthorizationRequest(
            method: method,
            path: "/invoices",
            headerFields: fields,
            requestID: "request-1",
            principal: principal.map { Principal($0) }
        )
    }
}

extension AuthorizationResult {
    var proceeding: AuthorizationRequest? {
        if case .proceed(let request) = self { request } else { nil }
    }

    var rejection: Rejection? {
        if case .reject(let rejection) = self { rejection } else { nil }
    }

    var status: Int { rejection?.response.status.code ?? 200 }
}
