/// What the gate must know, as it stands in the transaction that asks.
package struct SendFacts: Equatable, Sendable {
    /// After a restore nothing leaves for customers until a person releases it.
    package var isHeld: Bool
    /// The number is configured, enabled and has a credential.
    package var isNumberUsable: Bool
    package var recipient: Recipient?
    /// The last message to that number could not be delivered, and nothing was heard of it since.
    package var isRecipientUnreachable: Bool
    package var standing: RecipientStanding
    package var owner: ConversationOwner
    /// Meta's time of the customer's last message in this conversation.
    package var lastInbound: Timestamp?
    package var isWindowOpen: Bool
    /// The template asked for, when there is one of that name and language.
    package var template: TemplateFacts?
    package var sender: SenderName
    /// The customer knows who writes: an earlier message of ours in this conversation named the company, or they began it
    /// and the company lets those off.
    package var isSenderKnown: Bool
    package var rules: SendGateRules

    package init(
        isHeld: Bool, isNumberUsable: Bool, recipient: Recipient?, standing: RecipientStanding,
        owner: ConversationOwner, lastInbound: Timestamp?, isWindowOpen: Bool, template: TemplateFacts?,
        sender: SenderName, isSenderKnown: Bool, rules: SendGateRules, isRecipientUnreachable: Bool = false
    ) {
        self.isHeld = isHeld
        self.isNumberUsable = isNumberUsable
        self.recipient = recipient
        self.standing = standing
        self.owner = owner
        self.lastInbound = lastInbound
        self.isWindowOpen = isWindowOpen
        self.template = template
        self.sender = sender
        self.isSenderKnown = isSenderKnown
        self.rules = rules
        self.isRecipientUnreachable = isRecipientUnreachable
    }
}
