extension Reverification {
    /// The body by which Clerk's front end learns what the user has to prove. It knows no strict level and no demand without minutes: of
    /// the one it is told the level that asks for the same factor, and of the other a day.
    var clerkBody: [UInt8] {
        let level = level == .secondFactorStrict ? Level.secondFactor : level
        let body: JSONValue = [
            "clerk_error": [
                "type": "forbidden",
                "reason": "reverification-error",
                "metadata": [
                    "reverification": [
                        "level": .string(level.rawValue),
                        "afterMinutes": .number(JSONNumber(afterMinutes ?? 1_440)),
                    ]
                ],
            ]
        ]
        return body.utf8
    }
}
