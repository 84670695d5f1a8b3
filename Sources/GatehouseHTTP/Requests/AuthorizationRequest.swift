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
    /// A placeholder that the route has twice. Guard and handler could then go by different values, so that no requirement is met.
    public private(set) var repeatedParameter: String?
    /// The name of the request in logs and answers: its `X-Request-Id` if that is sane, else one that was made.
    public var requestID: String { name.text(headerFields) }
    private let name: RequestName
    /// The principal that asks; `nil` if nobody is known.
    ///
    /// A change takes back ``isDecided``: the decision was about another principal.
    public var principal: Principal? {
        didSet { if oldValue != nil || principal != nil { isDecided = false } }
    }
    /// True once a guard has decided that this request may go on. A known sender is not enough for that.
    public var isDecided = false

    /// Makes a request of parts.
    ///
    /// - Parameters:
    ///   - method: The method, such as `GET`.
    ///   - path: the path; a query is cut off, since nothing that decides is read from it.
    ///   - headerFields: The header fields, among which the credential is looked for.
    ///   - requestID: the request's name where it has no sane `X-Request-Id`; `nil` makes a random one.
    ///   - principal: The principal that was established before; `nil` if none was.
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

    /// Makes a request of fields as a server has them, which are read where somebody asks for more than the credential.
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

    /// Makes a request of the head that a server received.
    public init(_ head: HTTPRequest, requestID: String? = nil, principal: Principal? = nil) {
        self.init(head, knownAs: requestID, principal: principal)
    }

    /// Makes a request of the head that a server received.
    ///
    /// - Parameter id: The request's name where it has no sane `X-Request-Id`; `nil` makes a random one. Its description is the same
    ///   whenever it is asked.
    package init(_ head: HTTPRequest, knownAs id: (any CustomStringConvertible & Sendable)?, principal: Principal?) {
        method = head.method
        path = (head.path ?? "").withoutQuery
        sent = .read(head.headerFields)
        name = .unlessSent(id ?? MadeRequestID())
        self.principal = principal
    }

    /// Makes a request that has been through a guard already, as the head stands now: its id and what its path names stay, and nobody
    /// has decided yet.
    package init(_ head: HTTPRequest, after earlier: AuthorizationRequest, principal: Principal?) {
        method = head.method
        path = (head.path ?? "").withoutQuery
        sent = .read(head.headerFields)
        (parameters, repeatedParameter) = (earlier.parameters, earlier.repeatedParameter)
        // A middleware may have changed the field since.
        name = .settled(earlier.requestID)
        self.principal = principal
    }

    /// The request with the decision that it may go on.
    var decided: Self {
        var request = self
        request.isDecided = true
        return request
    }

    /// Adds the value of one of the route's placeholders.
    public mutating func addParameter(_ name: String, _ value: String) {
        if parameters.updateValue(value, forKey: name) != nil { repeatedParameter = name }
    }

    /// The request with its fields as ``headerFields``, for a guard that may ask for them more than once.
    package var read: Self {
        var request = self
        request.sent = .read(sent.fields)
        return request
    }

    /// Calls `body` with the bytes of the one `Authorization` field; `nil` if there is none, or more than one.
    func withCredential<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result?) -> Result? {
        sent.withCredential(body)
    }

    /// True if the request came with credentials, good or bad.
    var hasCredential: Bool { headerFields.contains(.authorization) }
}

extension AuthorizationRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Method, path, id and principal in one line; no query and no header field, which may hold credentials.
    public var description: String {
        "\(method.rawValue.printable) \(path.inOneLine(upTo: 256)) (\(requestID)) by \(principal?.description ?? "nobody")"
    }

    /// As ``description``.
    public var debugDescription: String { description }

    /// The parts that ``description`` has.
    public var customMirror: Mirror {
        Mirror(self, children: ["method": method.rawValue, "path": path, "requestID": requestID])
    }
}

extension String {
    fileprivate var withoutQuery: String {
        utf8.firstIndex(of: UInt8(ascii: "?")).map { String(self[..<$0]) } ?? self
    }
}
