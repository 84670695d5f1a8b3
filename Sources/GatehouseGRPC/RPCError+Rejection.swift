#if GRPC
import GRPCCore
import GatehouseHTTP

extension RPCError {
    /// The error for a rejection: its status in gRPC's terms, and the fields that tell a caller what to do.
    init(_ rejection: Rejection) {
        let status = rejection.response.status
        let code: Code =
            switch status.code {
            case 401: .unauthenticated
            case 400: .invalidArgument
            case 503: .unavailable
            default: .permissionDenied
            }
        var metadata = Metadata()
        for name in [HTTPField.Name.wwwAuthenticate, .retryAfter, .xRequestID] {
            if let value = rejection.response.headerFields[name] {
                metadata.addString(value, forKey: name.canonicalName)
            }
        }
        self.init(code: code, message: status.reasonPhrase, metadata: metadata)
    }
}
#endif
