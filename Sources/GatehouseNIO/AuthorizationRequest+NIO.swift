#if NIO
public import GatehouseHTTP
public import NIOHTTP1

extension AuthorizationRequest {
    /// Makes a request of the head that NIO decoded. A field whose name is none is left out: no guard reads it.
    public init(_ head: HTTPRequestHead, requestID: String? = nil, principal: Principal? = nil) {
        var fields = HTTPFields()
        fields.reserveCapacity(head.headers.count)
        for (name, value) in head.headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        self.init(
            method: HTTPRequest.Method(rawValue: head.method.rawValue) ?? .connect,
            path: head.uri,
            headerFields: fields,
            requestID: requestID,
            principal: principal
        )
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
