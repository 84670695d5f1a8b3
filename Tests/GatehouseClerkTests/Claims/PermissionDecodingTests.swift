import GatehouseBase
import GatehouseClerk
import GatehouseTesting
import SharedVectors
import Testing

@Suite("Permissions of an organization are decoded as Clerk packs them")
struct PermissionDecodingTests {
    @Test(
        "a case from Clerk's SDKs gives the expected permissions",
        SharedVectors.trait,
        arguments: SharedVectors.rows("clerk/permission-decoding.json", "cases")
    )
    func shared(row: SharedVectors.Row) throws {
        var claims = try #require(row["claims"])
        guard case .object(let members) = claims else { return }
        // The cases have the dates of their SDK's tests.
        let dates = TokenMinter.claims(subject: "sub", at: Fixture.now)
        claims = .object(
            members.map {
                JSONMember($0.name, ["exp", "iat", "nbf"].contains($0.name) ? dates[$0.name] ?? .null : $0.value)
            }
        )
        let token = try Fixture.token(claims)
        let expected = try #require(row["expect"])
        let seen: JSONValue = [
            "orgId": JSONValue(token.organization?.id),
            "orgRole": JSONValue(token.organization?.role),
            "orgSlug": JSONValue(token.organization?.slug),
            "orgPermissions": token.organization.map { JSONValue($0.permissions) } ?? .null,
            "userId": .string(token.subject),
            "sessionId": JSONValue(token.session.id),
        ]
        for name in ["orgId", "orgRole", "orgSlug", "orgPermissions", "userId", "sessionId"] {
            #expect(seen[name] == expected[name] ?? .null, "\(name)")
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var features: JSONValue
        var names: JSONValue
        var masks: JSONValue
        var permissions: [String]

        init(_ name: String, _ features: JSONValue, _ names: JSONValue, _ masks: JSONValue, _ permissions: [String]) {
            testDescription = name
            (self.features, self.names, self.masks, self.permissions) = (features, names, masks, permissions)
        }
    }

    static let rows = [
        Row("all bits", "o:a,o:b", "read,manage", "3,2", ["org:a:read", "org:a:manage", "org:b:manage"]),
        Row("a user's feature in front takes no mask", "u:x,o:a,o:b", "r,w", "1,2", ["org:a:r", "org:b:w"]),
        Row("as many masks as entries pair with entries", "u:x,o:a", "r,w", "1,2", ["org:a:w"]),
        Row("as many masks as the organization's features", "o:a,u:x", "r,w", "2", ["org:a:w"]),
        Row("other numbers pair with the organization's", "u:x,o:a,o:b,u:y", "r,w", "1,2,3", ["org:a:r", "org:b:w"]),
        Row("surplus masks are ignored", "o:a", "r,w", "1,3,3", ["org:a:r"]),
        Row("features without a mask have nothing", "o:a,o:b", "r,w", "1", ["org:a:r"]),
        Row("bits without a name are dropped", "o:a", "r", "255", ["org:a:r"]),
        Row("a name without a text gives nothing", "o:a", "r,,w", "7", ["org:a:r", "org:a:w"]),
        Row("a feature without a name gives nothing, and has its mask", "o:,o:b", "r,w", "3,1", ["org:b:r"]),
        Row("only the first colon separates", "o:a:b", "r", "1", ["org:a:b:r"]),
        Row("both orders of a shared scope", "ou:a,uo:b", "r", "1,1", ["org:a:r", "org:b:r"]),
        Row("unknown scopes are ignored", "x:a,oo:b,O:c,o:d", "r", "1", ["org:d:r"]),
        Row("a feature without a scope gives nothing for all", "o:a,b", "r", "1,1", []),
        Row("an empty feature gives nothing for all", "o:a,,o:b", "r", "1,1", []),
        Row("a negative mask", "o:a,o:b", "r", "-1,1", ["org:b:r"]),
        Row("a fraction as a mask", "o:a,o:b", "r", "1.0,1", ["org:b:r"]),
        Row("letters in a mask", "o:a,o:b", "r", "0x1,1", ["org:b:r"]),
        Row("an exponent as a mask", "o:a,o:b", "r", "1e0,1", ["org:b:r"]),
        Row("a plus sign in a mask", "o:a,o:b", "r", "+1,1", ["org:b:r"]),
        Row("an empty mask", "o:a,o:b", "r", ",1", ["org:b:r"]),
        Row("digits of another script", "o:a,o:b", "r", "\u{0661},1", ["org:b:r"]),
        Row("leading zeros", "o:a", "r,w", "0000000000000000000000000000000000000000002", ["org:a:w"]),
        Row("white space", " o:a\t, o:b ", " r ,\nw", " 1 , 2 ", ["org:a:r", "org:b:w"]),
        Row("masks without names", "o:a", "", "1", []),
        Row("names without masks", "o:a", "r", "", []),
        Row("numbers for lists", "o:a", 1, 1, []),
        Row("a number for features", 1, "r", "1", []),
        Row("a list for masks", "o:a", "r", ["1"], []),
        Row("no features", nil, "r", "1", []),
    ]

    @Test("bad entries give no permission", arguments: rows)
    func own(row: Row) throws {
        let token = try Fixture.session([
            "v": 2, "fea": row.features, "o": ["id": "org_1", "rol": "admin", "per": row.names, "fpm": row.masks],
        ])
        #expect(token.organization?.permissions == row.permissions)
        #expect(token.organization?.role == "org:admin")
    }

    @Test("a mask may have any number of bits", arguments: [63, 64, 65, 127, 128, 129, 600])
    func longMask(bit: Int) throws {
        var digits = [1]  // the least significant first
        for _ in 0..<bit {
            var carry = 0
            for index in digits.indices {
                (carry, digits[index]) = (digits[index] * 2 + carry).quotientAndRemainder(dividingBy: 10)
            }
            if carry > 0 { digits.append(carry) }
        }
        digits[0] += 1  // no power of two ends in 9
        let mask = digits.reversed().map(String.init).joined()
        for width in [bit, bit + 1, bit + 70] {
            let names = (0..<width).map { "p\($0)" }.joined(separator: ",")
            let token = try Fixture.session([
                "v": 2, "fea": "o:a", "o": ["id": "org_1", "per": .string(names), "fpm": .string(mask)],
            ])
            let expected = bit < width ? ["org:a:p0", "org:a:p\(bit)"] : ["org:a:p0"]
            #expect(token.organization?.permissions == expected)
        }
    }

    @Test("the largest token of masks and names costs little")
    func cost() throws {
        let names = String(repeating: "p,", count: 2_800)
        let token = try Fixture.session([
            "v": 2, "fea": "o:a",
            "o": ["id": "org_1", "per": .string(names), "fpm": .string(String(repeating: "9", count: 5_600))],
        ])
        #expect((token.organization?.permissions.count ?? 0) > 1_000)
    }
}
