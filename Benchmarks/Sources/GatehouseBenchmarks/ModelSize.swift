import Gatehouse

/// One size of the policy that engines publish their speed for: casbin's `RBACModelSizes`, made by its recipe.
struct ModelSize {
    let name: String
    let roles: Int
    let resources: Int
    let users: Int

    static let all = [
        ModelSize(name: "small", roles: 100, resources: 10, users: 1_000),
        ModelSize(name: "medium", roles: 1_000, resources: 100, users: 10_000), large,
    ]
    /// 110,000 grants and assignments.
    static let large = ModelSize(name: "large", roles: 10_000, resources: 1_000, users: 100_000)

    /// Each role may read one resource, and each user has one role by the policy's own word.
    var policy: Policy {
        Policy(
            roles: (0..<roles).map { Role(Self.role($0), grants: [Self.permission($0 % resources)]) },
            assignments: (0..<users).map { Assignment(RoleAssignment(Self.role($0 % roles)), to: Self.user($0)) }
        )
    }

    /// The recipe's 17 requests, of which it denies the even ones.
    var requests: [Request] {
        (0..<17).map { number in
            let user = users / 17 * number
            let role = user % roles
            let isAllowed = number % 2 != 0
            let resource = (role % resources + (isAllowed ? 0 : 1)) % resources
            return Request(
                principal: Principal(Self.user(user)),
                // Two more, with which the answer stays: neither may read the resource.
                moreRoles: [2, 3].map { RoleAssignment(Self.role((role + $0) % roles)) },
                permissionName: Self.permission(resource),
                isAllowed: isAllowed
            )
        }
    }

    struct Request {
        let principal: Principal
        let moreRoles: [RoleAssignment]
        let permissionName: String
        let isAllowed: Bool
    }

    private static func role(_ number: Int) -> String { "group-has-a-very-long-name-\(number)" }
    private static func user(_ number: Int) -> String { "user-has-a-very-long-name-\(number)" }
    /// Of equal length in each size: one of more than 32 bytes takes longer, and the question is how many there are.
    private static func permission(_ number: Int) -> String {
        let digits = "\(number)"
        return "data-has-a-very-long-name-\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits):read"
    }
}
