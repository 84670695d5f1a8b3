import CLibcrypto
import HTTPTypes
import Hummingbird

/// The least that the sidecar does for a request of forward-auth.
enum LeastAnswer {
    /// Takes SHA-256 of the token, by which a remembered one is found, and answers with the fields of the contract.
    static func answer(_ request: Request) throws -> Response {
        for field in request.headers where field.name == .authorization {
            let isTaken = field.withUnsafeBytesOfValue { bytes in
                withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { digest in
                    SHA256(bytes.baseAddress, bytes.count, digest.baseAddress) != nil
                }
            }
            guard isTaken else { break }
            return Response(status: .ok, headers: fields)
        }
        throw HTTPError(.unauthorized)
    }

    private static let fields: HTTPFields = {
        let values = [
            "X-Gatehouse-User": World.user, "X-Gatehouse-Organization": "org_1", "X-Gatehouse-Role": "org:role-7",
            "X-Gatehouse-Session": "sess_1", "X-Request-Id": "0123456789abcdef0123456789abcdef",
        ]
        return HTTPFields(
            values.compactMap { name, value in HTTPField.Name(name).map { HTTPField(name: $0, value: value) } }
        )
    }()
}
