#if GRPC
import GRPCCore
import GatehouseHTTP

extension AuthorizationRequest {
    /// A call as a guard sees it. Metadata that is binary, or whose key is no field name, is left out.
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
