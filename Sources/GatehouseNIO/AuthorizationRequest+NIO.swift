#if NIO
public import GatehouseHTTP
public import NIOHTTP1

extension AuthorizationRequest {
    /// Makes a request from the head that NIO decoded. A field with an invalid name is left out, since no guard reads such a field.
    public init(_ head: HTTPRequestHead, requestID: String? = nil, principal: Principal? = nil) {
        self.init(
            method: HTTPRequest.Method(head.method),
            path: head.uri,
            fields: SentHeaders(headers: head.headers),
            requestID: requestID,
            principal: principal
        )
    }
}

extension HTTPRequest.Method {
    /// Makes the method from NIO's method; CONNECT if the name is not a valid name of a method.
    fileprivate init(_ method: HTTPMethod) {
        switch method {
        case .GET: self = .get
        case .POST: self = .post
        default: self = Self(rawValue: method.rawValue) ?? .connect
        }
    }
}

private struct SentHeaders: UnreadFields {
    let headers: HTTPHeaders

    func forEach(_ body: (String, String) -> Void) {
        for (name, value) in headers { body(name, value) }
    }
}

extension HTTPHeaders {
    /// Makes NIO's fields from these fields.
    init(_ fields: HTTPFields) {
        self.init(fields.map { ($0.name.canonicalName, $0.value) })
    }

    /// The sum of the bytes of all names and values.
    var byteCount: Int { reduce(0) { $0 &+ $1.name.utf8.count &+ $1.value.utf8.count } }
}

extension Rejection {
    /// The rejection with the status 431, for a request with so many fields that nobody reads them.
    static var headerFieldsTooLarge: Rejection {
        Rejection(
            response: HTTPResponse(
                status: .requestHeaderFieldsTooLarge,
                headerFields: [.contentLength: "0", .cacheControl: "no-store"]
            ),
            body: [],
            reason: Reason(code: "fields-too-large", message: "the header fields have too many bytes")
        )
    }
}
#endif
