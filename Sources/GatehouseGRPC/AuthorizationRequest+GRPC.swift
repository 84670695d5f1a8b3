#if GRPC
import GRPCCore
import GatehouseHTTP

extension AuthorizationRequest {
    /// Makes a request from a call. Binary metadata is left out, and so is metadata whose key is not a valid field name.
    init(_ metadata: Metadata, of method: MethodDescriptor) {
        self.init(method: .post, path: "/\(method.fullyQualifiedMethod)", fields: SentMetadata(metadata: metadata))
    }
}

private struct SentMetadata: UnreadFields {
    let metadata: Metadata

    func forEach(_ body: (String, String) -> Void) {
        for case (let key, .string(let text)) in metadata { body(key, text) }
    }
}
#endif
