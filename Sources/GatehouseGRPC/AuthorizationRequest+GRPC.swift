#if GRPC
import GRPCCore
import GatehouseHTTP

extension AuthorizationRequest {
    /// A call as a guard sees it. Metadata that is binary, or whose key is no field name, is left out.
    init(_ metadata: Metadata, of method: MethodDescriptor) {
        var fields = HTTPFields()
        for (key, value) in metadata {
            guard case .string(let text) = value, let name = HTTPField.Name(key) else { continue }
            fields.append(HTTPField(name: name, value: text))
        }
        self.init(method: .post, path: "/\(method.fullyQualifiedMethod)", headerFields: fields)
    }
}
#endif
