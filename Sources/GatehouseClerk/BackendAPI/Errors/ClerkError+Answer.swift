import HTTPTypes

extension ClerkError {
    /// Makes the error for an answer without success.
    ///
    /// - Parameter secrets: Texts that must not appear in any sentence: Clerk may repeat parts of the request.
    init(_ response: HTTPTransportResponse, to request: PreparedRequest) {
        let root = try? JSONDocument(parsing: response.body).root
        let status = response.status.code
        self.init(
            Self.code(of: status),
            Self.message(of: status, isJSON: root != nil),
            operation: request.operation.id,
            status: status,
            details: root?.member("errors")?.elements.prefix(16).map { Detail($0, hiding: request.secrets) } ?? [],
            traceID: root?.member("clerk_trace_id")?.string ?? Self.traceID(of: response.headerFields),
            retryAfter: Self.retryAfter(of: response.headerFields),
            mayHaveHappened: status >= 500 && !request.operation.isRead
        )
    }

    /// Makes the error for an exchange without an answer.
    init(_ error: HTTPTransportError, to request: PreparedRequest) {
        let code: Code =
            switch error.code {
            case .invalidRequest: .invalidRequest
            case .deadlineExceeded: .deadlineExceeded
            case .responseTooLarge: .invalidAnswer
            case .cancelled: .cancelled
            default: .connectionFailed
            }
        self.init(
            code,
            request.secrets.contains { error.message.containsBytes(of: $0) } ? "the transport failed" : error.message,
            operation: request.operation.id,
            mayHaveHappened: code != .invalidRequest && error.code != .notConnected && !request.operation.isRead
        )
    }

    private static func code(of status: Int) -> Code {
        switch status {
        case 401: .unauthorized
        case 402: .paymentRequired
        case 403: .forbidden
        case 404, 410: .notFound
        case 409: .conflict
        case 423: .locked
        case 429: .rateLimited
        case 400..<500: .refused
        case 500...: .serverFailed
        default: .invalidAnswer
        }
    }

    private static func message(of status: Int, isJSON: Bool) -> String {
        if !isJSON { return "the answer is no JSON: it may come from a proxy in between" }
        return switch status {
        case 401: "the secret key is not accepted; check CLERK_SECRET_KEY and that it is of this instance"
        case 402: "the plan of the instance lacks this feature"
        case 403: "the feature is off, or the operation is not allowed"
        case 404, 410: "there is no such object in this instance"
        case 409: "the object is in use, or there is such an object already"
        case 423: "the object is locked"
        case 429: "there were too many requests"
        case 400..<500: "Clerk does not accept the request"
        default: "Clerk failed"
        }
    }

    private static func traceID(of fields: HTTPFields) -> String? {
        ["Clerk-Trace-Id", "cf-ray"].lazy.compactMap { HTTPField.Name($0).flatMap { fields[$0] } }.first
    }

    /// Returns the seconds of `Retry-After` (RFC 9110 section 10.2.3), as Clerk sends them; `nil` for any other value.
    private static func retryAfter(of fields: HTTPFields) -> Duration? {
        guard let text = fields[.retryAfter], let seconds = text.withUTF8Bytes({ $0.wholeNumber }) else { return nil }
        return .seconds(min(seconds, 86_400))
    }
}

extension ClerkError.Detail {
    fileprivate init(_ node: JSONNode, hiding secrets: [String]) {
        func shown(_ text: String?) -> String? {
            text.map { text in
                secrets.contains { text.containsBytes(of: $0) } ? "(left out: it has a secret in it)" : text
            }
        }
        code = shown(node.member("code")?.string) ?? ""
        message = shown(node.member("long_message")?.string ?? node.member("message")?.string) ?? ""
        parameter = shown(node.member("meta")?.member("param_name")?.string)
    }
}

extension ClerkOperation {
    /// True if the operation changes nothing.
    var isRead: Bool { method == .get }
}
