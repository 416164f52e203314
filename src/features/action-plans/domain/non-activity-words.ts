const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words that begin a phrase about a thing, a person or a time, in English and German. */
export const PHRASE_OPENERS = words(`
  a an the this that these those some any each every all both several various many few more most another other no
  my your his her its our their mine i you he she it we they me him us them who which what how why when where whether
  in on at by for from with without within about over under after before during until till through into onto of off as
  between among across against since per via towards toward around regarding concerning
  and or but if because although while
  zero one two three four five six seven eight nine ten eleven twelve half once twice
  der die das den dem des ein eine einen einem einer eines kein keine dieser diese dieses jeder jede jedes alle mehr
  mein meine meinen meinem meiner dein deine unser unsere ihr ihre sein seine ich du er sie es wir man
  im am an auf aus bei beim mit nach seit von vom zu zum zur für durch gegen ohne um über unter vor zwischen bis
  und oder aber wenn weil dass zwei drei vier fünf sechs sieben acht neun zehn`);

/** Verbs of a state or a wish, where nothing is done yet, in English and German. */
export const STATIVE_VERBS = words(`
  be become being know understand have has having want need wish hope like love feel believe seem appreciate
  prefer deserve can could may might must shall should will would is are was were
  wissen kennen können verstehen haben werden wollen möchten mögen müssen sollen dürfen hoffen wünschen glauben bleiben`);

/** Nouns and adjectives of a thing to attend, read or hold rather than of doing so, in English and German. */
export const THING_WORDS = words(`
  course courses class classes classroom training trainings workshop workshops webinar webinars seminar seminars lesson
  lessons module bootcamp curriculum programme degree diploma mba certificate certificates certification certifications
  exam exams conference conferences convention congress summit meetup event events lecture lectures podcast podcasts
  book books article articles blogs video videos youtube tutorial tutorials documentation material materials resource
  resources newsletter website reading literature e-learning elearning education mooc udemy coursera
  meeting meetings one-on-one session sessions standup presentation presentations project projects assignment
  assignments task tasks responsibility responsibilities committee mentor-programme mentors mentorship mentoring coaching
  networking stretch internship job role position promotion goal goals skill skills knowledge experience exposure
  expertise competence confidence better good best great new online offline virtual remote internal external advanced
  basic intermediate beginner formal informal daily weekly biweekly monthly quarterly annual yearly regular additional
  further self-study hands-on on-the-job
  kurs kurse onlinekurs online-kurs schulung schulungen fortbildung weiterbildung ausbildung lehrgang vorlesung vortrag
  vorträge konferenz konferenzen tagung messe buch bücher artikel fachbuch fachartikel zertifikat zertifizierung prüfung
  praktikum projekt projekte aufgabe aufgaben verantwortung ausschuss besprechung präsentation kenntnisse wissen
  erfahrung neu neue neuer neues besser bessere interne externer externe regelmäßige`);

/** What one can have with somebody, so that "have" is a doing: "Have lunch with three marketers". */
export const ENCOUNTERS = words(`
  lunch lunches coffee coffees breakfast dinner tea chat chats call calls conversation conversations talk talks meeting
  meetings interview interviews session sessions one-on-one one-on-ones`);

/** What names of skills end in. */
export const SKILL_NOUNS = words(`
  ability analysis analytics awareness communication competence counselling design development engineering expertise
  intelligence knowledge leadership management marketing modelling modeling planning reporting research resolution
  security selling skill skills speaking strategy testing thinking writing
  analyse beratung entwicklung fähigkeiten führung gestaltung kenntnisse kommunikation kompetenz planung wissen
`);
