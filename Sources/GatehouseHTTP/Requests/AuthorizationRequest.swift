/// A request as a guard sees it, with the findings of the guards before.
public struct AuthorizationRequest: Sendable {
    /// The method.
    public let method: HTTPRequest.Method
    /// The path as it was sent, still percent-encoded, without the query.
    public let path: String
    /// The header fields.
    public var headerFields: HTTPFields { sent.fields }
    private var sent: SentFields
    /// The values of the route's placeholders in the path, such as `organization` of `/orgs/:organization/invoices`.
    public private(set) var parameters: [String: String] = [:]
    /// A placeholder that the route has twice; `nil` if there is none. Guard and handler could then use different values, so that no
    /// requirement is met.
    public var repeatedParameter: String? {
        if case .repeated(let name) = parameterFault { name } else { nil }
    }
    /// The fault of the placeholders' values, which decides with the requirement about a refusal; `nil` if the values have no fault.
    private(set) var parameterFault: ParameterFault?
    /// The name of the request in logs and answers: the `X-Request-Id` if it is valid, and otherwise a name that was made.
    public var requestID: String { name.text(headerFields) }
    private let name: RequestName
    /// The principal that sent the request; `nil` if no principal is known.
    ///
    /// A change resets ``isDecided``, since the decision was about another principal.
    public var principal: Principal? {
        didSet { if oldValue != nil || principal != nil { isDecided = false } }
    }
    /// True if a guard has accepted this request. A known principal is not enough.
    public var isDecided = false

    /// Makes a request from its parts.
    ///
    /// - Parameters:
    ///   - method: The method, such as `GET`.
    ///   - path: The path. A query is cut off, since no decision depends on it.
    ///   - headerFields: The header fields, which may contain the credential.
    ///   - requestID: The request's name if it has no valid `X-Request-Id`; `nil` for a random name.
    ///   - principal: The principal that was established before; `nil` if there was none.
    public init(
        method: HTTPRequest.Method,
        path: String,
        headerFields: HTTPFields = [:],
        requestID: String? = nil,
        principal: Principal? = nil
    ) {
        self.method = method
        self.path = path.withoutQuery
        sent = .read(headerFields)
        if let requestID { name = .unlessSent(requestID) } else { name = .unlessSent(MadeRequestID()) }
        self.principal = principal
    }

    /// Makes a request from a server's own fields, which are converted only if more than the credential is needed.
    package init(
        method: HTTPRequest.Method,
        path: String,
        fields: any UnreadFields,
        requestID: String? = nil,
        principal: Principal? = nil
    ) {
        self.method = method
        self.path = path.withoutQuery
        sent = .unread(fields)
        if let requestID { name = .unlessSent(requestID) } else { name = .unlessSent(MadeRequestID()) }
        self.principal = principal
    }

    /// Makes a request from the head that a server received.
    public init(_ head: HTTPRequest, requestID: String? = nil, principal: Principal? = nil) {
        self.init(head, knownAs: requestID, principal: principal)
    }

    /// Makes a request from the head that a server received.
    ///
    /// - Parameter id: The request's name if it has no valid `X-Request-Id`; `nil` for a random name. The description of the id must never
    ///   change.
    package init(_ head: HTTPRequest, knownAs id: (any CustomStringConvertible & Sendable)?, principal: Principal?) {
        method = head.method
        path = (head.path ?? "").withoutQuery
        sent = .read(head.headerFields)
        name = .unlessSent(id ?? MadeRequestID())
        self.principal = principal
    }

    /// Makes a request from the current head after an earlier guard. The id and the parameters of the path stay, and no guard has decided
    /// yet.
    package init(_ head: HTTPRequest, after earlier: AuthorizationRequest, principal: Principal?) {
        method = head.method
        path = (head.path ?? "").withoutQuery
        sent = .read(head.headerFields)
        (parameters, parameterFault) = (earlier.parameters, earlier.parameterFault)
        // A middleware may have changed the field since then.
        name = .settled(earlier.requestID)
        self.principal = principal
    }

    /// The request, marked as accepted.
    var decided: Self {
        var request = self
        request.isDecided = true
        return request
    }

    /// Adds the value of one of the route's placeholders.
    public mutating func addParameter(_ name: String, _ value: String) {
        if parameters.updateValue(value, forKey: name) != nil { parameterFault = .repeated(name) }
    }

    /// Adds the value of a placeholder that the server's router may have given under the same name. Equal values are no fault.
    mutating func confirmParameter(_ name: String, _ value: String) {
        guard let known = parameters[name], known.hasSameBytes(as: value) else { return addParameter(name, value) }
    }

    /// Adds the value of one of the route's placeholders as a server's router gives it, still percent-encoded. The parameter is the decoded
    /// value. If two parsers could read the value differently, the request meets no requirement that depends on the path.
    package mutating func addEncodedParameter(_ name: String, _ value: String) {
        guard value.utf8.contains(UInt8(ascii: "%")) else { return addParameter(name, value) }
        if let path = try? RequestPath("/" + value) {
            addParameter(name, path.segments.map(\.text).joined(separator: "/"))
        } else {
            addParameter(name, value)
            if parameterFault == nil { parameterFault = .unclear(name) }
        }
    }

    /// The request with its fields as ``headerFields``, for a guard that may read them more than once.
    package var read: Self {
        var request = self
        request.sent = .read(sent.fields)
        return request
    }

    /// Calls `body` with the bytes of the only `Authorization` field; `nil` if there is no such field, or more than one.
    func withCredential<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result?) -> Result? {
        sent.withCredential(body)
    }

    /// True if the request has credentials, valid or not.
    var hasCredential: Bool { headerFields.contains(.authorization) }
}

extension AuthorizationRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The method, path, id and principal in one line, without query and header fields, which may contain credentials.
    public var description: String {
        "\(method.rawValue.printable) \(path.inOneLine(upTo: 256)) (\(requestID)) by \(principal?.description ?? "nobody")"
    }

    /// The description.
    public var debugDescription: String { description }

    /// A mirror of the parts of ``description``.
    public var customMirror: Mirror {
        Mirror(self, children: ["method": method.rawValue, "path": path, "requestID": requestID])
    }
}

extension String {
    fileprivate var withoutQuery: String {
        let end = withUTF8Bytes { $0.firstIndex(of: UInt8(ascii: "?"), from: 0) }
        return end.map { String(decoding: utf8.prefix($0), as: UTF8.self) } ?? self
    }
}
