/// The issuer of the ids of users, which keys and entries share. If both belong to one authorizer's scope, they have one object, and no
/// byte is compared.
final class Issuer: Sendable {
    let name: String

    init(_ name: String) {
        self.name = name
    }

    @inline(__always)
    func isSame(as other: Unmanaged<Issuer>) -> Bool {
        Unmanaged.passUnretained(self).toOpaque() == other.toOpaque() || hasSameBytes(as: other)
    }

    @inline(never)
    private func hasSameBytes(as other: Unmanaged<Issuer>) -> Bool {
        other._withUnsafeGuaranteedRef { name.hasSameBytes(as: $0.name) }
    }
}
