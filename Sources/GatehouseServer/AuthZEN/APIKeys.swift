#if Server
import GatehouseBase
import GatehouseCrypto
import GatehouseHTTP
import HTTPTypes

/// The keys that callers of the decision API present.
struct APIKeys: Sendable {
    private let digests: [[UInt8]]

    init(_ keys: [String]) {
        digests = keys.compactMap { SHA256Digest(of: Array($0.utf8))?.bytes }
    }

    var isEmpty: Bool { digests.isEmpty }

    /// Returns true if the request's bearer token is one of the keys. The token is compared with all keys, each in constant time.
    func accept(_ fields: HTTPFields) -> Bool {
        guard case .token(let token) = BearerCredential(fields),
            let digest = SHA256Digest(of: Array(token.utf8))?.bytes
        else { return false }
        var isAccepted = false
        for known in digests where known.hasSameBytesInConstantTime(as: digest) { isAccepted = true }
        return isAccepted
    }
}
#endif
