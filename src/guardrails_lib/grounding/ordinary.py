"""Words that people put for one another: what they say, others say too."""

from __future__ import annotations

from .words import LITTLE, listed, stem

__all__ = ["ORDINARY"]

_WORDS = listed(
    # doing and being
    "said accept achieve act add agree aim allow appear apply approve arrange arrive ask attempt "
    "base become became begin began begun believe belong bring brought build built call called "
    "carry cause caused change choose chose claim close come complete comprise concern conclude "
    "conduct connect consider consist contain continue contribute cost count cover create decide "
    "define deliver depict describe design develop die differ direct discover discuss divide draw "
    "drive earn employ enable end ensure enter establish estimate exist expect experience explain "
    "express extend face feature find found follow force form found function gain gather grow grew "
    "guide happen head hear held help hold hope identify include increase indicate influence "
    "introduce involve issue join keep kept lead led learn leave left let lie list live locate "
    "located look lose lost love maintain manage mark mean meant measure meet mention move name "
    "need note obtain occur offer open operate originate own perform permit place plan play point "
    "portray possess prepare present prevent produce promote prove provide publish put raise range "
    "reach receive recognise recognize record reduce refer refuse regard relate release remain "
    "remove replace report represent require reside result return reveal rise role run seek seem "
    "select sell send sent serve set share show shown sit situate speak spend spent spread stand "
    "start state stay stop suffer suggest supply support suppose surround take taken took tell "
    "tend think treat try turn understand use used utilise utilize vary view visit wait walk watch "
    "win won work write written wrote "
    # how things are
    "able actual additional available back bad basic beautiful big brief broad central certain "
    "clear close common complete complex considerable correct current different difficult direct "
    "due early easy effective entire equal essential exact extensive extreme famous fast final "
    "first former free frequent full further general good great half hard heavy high huge human "
    "important individual initial interesting kind known large last late later latter least "
    "likely little local long low main major mere minor modern multiple near necessary new next "
    "notable numerous official old open original overall particular past permanent popular "
    "possible present previous primary prominent proper public quick rapid rare real recent "
    "regular relevant responsible rich right same second separate serious several short "
    "significant similar simple single slow small special specific strong successful sudden "
    "sure third total traditional true typical unique usual various vast well whole wide young "
    # what anything is
    "amount area article aspect case century circumstance consequence day decade detail effect "
    "element event example fact factor feature field figure form goal group idea individual item "
    "kind level life line list lot man manner matter meaning member method moment month number "
    "object order part particular people period person piece place point portion position "
    "process purpose rate reason region result section series set side sort start state step "
    "stuff system term thing time top topic type version way week woman men women word work "
    "world year today "
    # where and when
    "across actually ago almost alone along alongside already always apart approximately around "
    "aside away back behind beside beyond certainly clearly commonly completely currently "
    "directly due easily entirely especially eventually exactly far finally formerly forward "
    "fully generally highly including indeed initially instead largely later likely mainly "
    "mostly namely nearly never newly normally notably occasionally officially often once "
    "originally overall partially particularly partly perhaps possibly previously primarily "
    "probably quickly quite rarely rather really recently regularly roughly simply slightly "
    "slowly sometimes soon specifically still subsequently successfully suddenly together "
    "toward towards typically ultimately upon usually whereas widely within worldwide yet"
)

ORDINARY = LITTLE | {found for word in _WORDS if (found := stem(word))}
"""The stems of words that are missed less than others: *says* is a form of a little word."""
