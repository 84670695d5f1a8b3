/// A server that is measured: one route, behind a guard of its own.
enum Contender: String, CaseIterable {
    /// No guard: the header is sent all the same.
    case bare
    /// A remembered token whose roles decide.
    case claims = "guarded, session claims"
    /// A remembered token whose user's roles come from a store, and are remembered.
    case store = "guarded, a store"
    /// A token of which nothing is remembered.
    case cold = "guarded, cold token"
    /// No guard, and SHA-256 of the header: the least that a guard with remembered tokens does.
    case digest = "SHA-256 of the token alone"
    /// No guard, and a signature of the token's size by libcrypto: the least that a guard does with a token that it does not know.
    case signature = "an RS256 signature alone"
    /// jwt-kit, and a set of strings for each role.
    case jwtKit = "jwt-kit, set of strings"
    /// SwiftNIO without a guard, and with a handler that judges by rules.
    case bareNIO = "SwiftNIO"
    case guardedNIO = "SwiftNIO, guarded"
    /// SwiftNIO with a handler that passes everything on, and takes SHA-256 of the header.
    case digestNIO = "SwiftNIO, SHA-256 of the token alone"
    /// FlyingFox likewise.
    case bareFlyingFox = "FlyingFox"
    case guardedFlyingFox = "FlyingFox, guarded"
    /// Unary calls of gRPC Swift likewise.
    case bareGRPC = "gRPC"
    case guardedGRPC = "gRPC, guarded"

    /// The server without a guard that is measured beside it.
    var base: Contender {
        switch self {
        case .bare, .digest, .claims, .store, .signature, .cold, .jwtKit: .bare
        case .bareNIO, .digestNIO, .guardedNIO: .bareNIO
        case .bareFlyingFox, .guardedFlyingFox: .bareFlyingFox
        case .bareGRPC, .guardedGRPC: .bareGRPC
        }
    }

    /// True if wrk can ask it.
    var speaksHTTP1: Bool { base != .bareGRPC }

    /// How much of the bare route's rate is promised at least; `nil`: nothing is.
    var promise: Double? {
        switch self {
        case .bare, .digest, .signature, .jwtKit, .bareNIO, .digestNIO, .bareFlyingFox, .bareGRPC: nil
        case .claims, .store, .guardedNIO, .guardedFlyingFox: 0.95
        case .guardedGRPC: 0.93
        case .cold: 0.57
        }
    }
}
