import Gatehouse
import GatehouseBase

/// How a file of spatie/laravel-permission writes permissions, and how the same is said here.
///
/// A list of sub-parts is as many grants. A grant implies everything below it, which is a second grant that ends in
/// `**`. A guard is a first segment. A byte that our segments do not have is written as `.` and its two digits, so that
/// different names stay different.
struct SpatieDialect {
    private let part: String
    private let subpart: String
    private let wildcard: String

    init(_ delimiters: JSONValue?) {
        part = delimiters?["part"]?.string ?? "."
        subpart = delimiters?["subpart"]?.string ?? ","
        wildcard = delimiters?["wildcard"]?.string ?? "*"
    }

    func isWildcard(_ check: JSONValue) -> Bool {
        segments(check["permission"]?.string ?? "").contains(wildcard)
    }

    func name(_ permission: String, guardedBy name: String?) -> String {
        (name.map { [$0] } ?? []).joined(with: segments(permission).map(escaped))
    }

    /// A user's own permissions stand in a role of that user alone.
    func policy(_ value: JSONValue) -> Policy {
        var policy = Policy(roles: (value["roles"]?.members ?? []).map { role($0.name, $0.value) })
        for user in value["users"]?.members ?? [] {
            policy.roles.append(role("user:\(user.name)", user.value))
            for name in user.value["roles"].texts + ["user:\(user.name)"] {
                policy.assignments.append(Assignment(RoleAssignment(name), to: user.name))
            }
        }
        return policy
    }

    private func role(_ name: String, _ value: JSONValue) -> Role {
        let permissions = value["permissions"]?.elements ?? []
        return Role(
            name,
            grants: permissions.flatMap { grants($0.string ?? $0["permission"]?.string ?? "", $0["guard"]) }
        )
    }

    private func grants(_ permission: String, _ guardName: JSONValue?) -> [String] {
        var patterns = [guardName?.string.map { [$0] } ?? []]
        for segment in segments(permission) {
            let choices = segment.split(separator: subpart).map { $0 == wildcard ? "*" : escaped(String($0)) }
            patterns = patterns.flatMap { pattern in choices.map { pattern + [$0] } }
        }
        return patterns.flatMap { [$0.joined(separator: ":"), ($0 + ["**"]).joined(separator: ":")] }
    }

    private func segments(_ permission: String) -> [String] {
        permission.split(separator: part, omittingEmptySubsequences: false).map(String.init)
    }

    private func escaped(_ segment: String) -> String {
        segment.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                String(UnicodeScalar(byte))
            default: "." + String(byte, radix: 16)
            }
        }.joined()
    }
}

extension [String] {
    fileprivate func joined(with others: [String]) -> String { (self + others).joined(separator: ":") }
}
