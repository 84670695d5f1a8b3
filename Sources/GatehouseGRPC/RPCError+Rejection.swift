#if GRPC
import GRPCCore
import GatehouseHTTP

extension RPCError {
    /// Makes the error for a rejection. The error has the matching gRPC code, and the fields that tell a caller how to go on.
    init(_ rejection: Rejection) {
        let status = rejection.response.status
        let code: Code =
            switch status.code {
            case 401: .unauthenticated
            case 400: .invalidArgument
            case 500: .internalError
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
