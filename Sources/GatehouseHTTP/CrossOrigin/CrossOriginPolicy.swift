import GatehouseBase

/// The rules for pages of other origins (Fetch, CORS protocol). A ``RouteGuard`` with such rules answers preflights itself, without a
/// credential and before any handler, and lets such pages read refusals.
public struct CrossOriginPolicy: Sendable {
    /// The origins, such as `https://app.example.com`, compared by bytes.
    public var origins: [String]
    /// The methods that pages may use.
    public var methods: [HTTPRequest.Method]
    /// The header fields that pages may send.
    public var headerFields: [HTTPField.Name]
    /// True if requests may carry cookies.
    public var allowsCredentials: Bool
    /// The time for which a browser may remember a preflight's answer.
    public var maximumAge: Duration

    /// Makes a policy.
    public init(
        origins: [String],
        methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete],
        headerFields: [HTTPField.Name] = [.authorization, .contentType],
        allowsCredentials: Bool = false,
        maximumAge: Duration = .seconds(600)
    ) {
        (self.origins, self.methods, self.headerFields) = (origins, methods, headerFields)
        (self.allowsCredentials, self.maximumAge) = (allowsCredentials, maximumAge)
    }

    /// Returns the fields that let a page read the answer to its request; none if the page may not read the answer.
    public func fields(for request: AuthorizationRequest) -> HTTPFields {
        let sent = request.headerFields[values: .origin]
        guard let origin = sent.first, sent.count == 1, origins.contains(where: { $0.hasSameBytes(as: origin) }) else {
            return [.vary: "Origin"]
        }
        var fields: HTTPFields = [.vary: "Origin", .accessControlAllowOrigin: origin]
        if allowsCredentials { fields[.accessControlAllowCredentials] = "true" }
        return fields
    }

    /// Returns the answer to a preflight; `nil` if the request is not a preflight.
    func answer(to request: AuthorizationRequest) -> Rejection? {
        guard request.isPreflight else { return nil }
        var fields = fields(for: request)
        if fields.contains(.accessControlAllowOrigin) {
            fields[.accessControlAllowMethods] = methods.map(\.rawValue).joined(separator: ", ")
            fields[.accessControlAllowHeaders] = headerFields.map(\.canonicalName).joined(separator: ", ")
            fields[.accessControlMaxAge] = "\(maximumAge.components.seconds)"
        }
        fields[.xRequestID] = request.requestID
        return Rejection(
            response: HTTPResponse(status: .noContent, headerFields: fields),
            body: [],
            reason: Rejection.Reason(code: "preflight", message: "a preflight is answered before any handler")
        )
    }
}

extension AuthorizationRequest {
    /// True for the request that a browser sends before a request of another origin (Fetch, CORS-preflight request).
    public var isPreflight: Bool {
        method == .options && headerFields.contains(.origin) && headerFields.contains(.accessControlRequestMethod)
    }
}
