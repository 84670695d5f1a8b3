#if NIO
public import GatehouseHTTP
public import NIOHTTP1

extension AuthorizationRequest {
    /// Makes a request of the head that NIO decoded. A field whose name is none is left out: no guard reads it.
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
    /// A method as NIO names it; CONNECT for a name that none can have.
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
    /// Fields as NIO writes them.
    init(_ fields: HTTPFields) {
        self.init(fields.map { ($0.name.canonicalName, $0.value) })
    }

    /// The number of bytes of names and values together.
    var byteCount: Int { reduce(0) { $0 &+ $1.name.utf8.count &+ $1.value.utf8.count } }
}

extension Rejection {
    /// 431: so many fields are not even read.
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
