import Gatehouse
import Testing

/// One role that is handed out, what its giver holds, and what of it that lacks.
struct GrantingCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// The grants and denials of the role that is handed out, and of each of the principal's roles.
    var given: Parts
    var held: [Parts]
    var remainder: [String] = []
    var combining: [Policy.Combining] = Policy.Combining.allCases
    var rules: [Rule] = []

    struct Parts: Sendable {
        var grants: [String] = []
        var denies: [String] = []
    }
}

extension GrantingCase {
    static let ofPatterns: [Self] = [
        Self(
            testDescription: "the very same",
            given: .init(grants: ["org:invoices:*"]),
            held: [.init(grants: ["org:invoices:*"])]
        ),
        Self(
            testDescription: "one of many",
            given: .init(grants: ["org:invoices:*"]),
            held: [.init(grants: ["org:invoices:read"])],
            remainder: ["org:invoices:*"]
        ),
        Self(
            testDescription: "wider than the other",
            given: .init(grants: ["org:**"]),
            held: [.init(grants: ["**"])]
        ),
        Self(
            testDescription: "all that is not held cannot be said",
            given: .init(grants: ["**"]),
            held: [.init(grants: ["org:**"])],
            remainder: ["**"]
        ),
        Self(
            testDescription: "a denial of one's own is the remainder",
            given: .init(grants: ["org:**"]),
            held: [.init(grants: ["**"], denies: ["org:billing:**"])],
            remainder: ["org:billing:**"]
        ),
        Self(
            testDescription: "a denial narrowed by the grant",
            given: .init(grants: ["*:invoices:*"]),
            held: [.init(grants: ["**"], denies: ["org:*:void"])],
            remainder: ["org:invoices:void"]
        ),
        Self(
            testDescription: "the role denies the same",
            given: .init(grants: ["org:**"], denies: ["org:billing:**"]),
            held: [.init(grants: ["**"], denies: ["org:billing:**"])]
        ),
        Self(
            testDescription: "the role denies what is not held",
            given: .init(grants: ["org:*"], denies: ["org:pay"]),
            held: [.init(grants: ["org:*"], denies: ["org:pay"])]
        ),
        Self(
            testDescription: "nothing is held, and nothing is listed twice",
            given: .init(grants: ["b", "a:*", "a:b", "**", "b"]),
            held: [],
            remainder: ["**"]
        ),
        Self(
            testDescription: "of two patterns that begin alike the wider is listed",
            given: .init(grants: ["a:*:b", "a:*:*"]),
            held: [],
            remainder: ["a:*:*"]
        ),
        Self(
            testDescription: "lengths together are every length",
            given: .init(grants: ["org:**"]),
            held: [.init(grants: ["org:*", "org:*:*:**", "org:*:*"])]
        ),
        Self(
            testDescription: "one length is missing",
            given: .init(grants: ["org:**"]),
            held: [.init(grants: ["org:*", "org:*:*:**"])],
            remainder: ["org:*:*"]
        ),
        Self(
            testDescription: "a name is not its continuation",
            given: .init(grants: ["org", "org:**"]),
            held: [.init(grants: ["org:**"])],
            remainder: ["org"]
        ),
        Self(
            testDescription: "some are held",
            given: .init(grants: ["a:x", "b:x", "c:*:x"]),
            held: [.init(grants: ["*:x", "c:d:**"], denies: ["b:*"])],
            remainder: ["b:x", "c:*:x"]
        ),
        Self(
            testDescription: "two roles together hold it",
            given: .init(grants: ["org:*:read"]),
            held: [.init(grants: ["org:**"], denies: ["org:b:*"]), .init(grants: ["org:b:read"])],
            combining: [.anyCleanRole]
        ),
        Self(
            testDescription: "a denial of one role stops the other",
            given: .init(grants: ["org:*:read"]),
            held: [.init(grants: ["org:**"], denies: ["org:b:*"]), .init(grants: ["org:b:read"])],
            remainder: ["org:b:read"],
            combining: [.denyOverrides]
        ),
        Self(
            testDescription: "only the role's own denials count among clean roles",
            given: .init(grants: ["a"]),
            held: [.init(denies: ["a"]), .init(grants: ["a"])],
            combining: [.anyCleanRole]
        ),
    ]
}
