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
    /// jwt-kit, and a set of strings for each role.
    case jwtKit = "jwt-kit, set of strings"

    /// How much of the bare route's rate is promised at least; `nil`: nothing is.
    var promise: Double? {
        switch self {
        case .bare, .jwtKit: nil
        case .claims, .store: 0.95
        case .cold: 0.57
        }
    }
}
