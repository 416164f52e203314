const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** English imperatives that begin an activity, as they occur in learning at work. */
export const ENGLISH_ACTIVITY_VERBS = words(`
  accept accompany achieve adapt add address administer adopt advise advocate agree align analyse analyze announce
  answer appear apply appoint apprentice approach arrange ask assemble assess assign assist assume attend audit author
  automate benchmark blog book brainstorm brainwrite brief bring broaden budget build calculate call campaign capture
  carry celebrate certify chair challenge champion change chart chat check choose circulate clarify classify clean
  clear close coach coauthor code cohost cold-call collaborate collect combine commit communicate compare compile
  complete compose conduct configure connect consolidate construct consult contact contribute convene convert
  coordinate copy counsel cover craft create critique cross-train crowdsource cultivate curate customise customize cut
  debate debrief debug decide deepen define delegate deliver delve demo demonstrate deploy deputise deputize describe
  design determine develop devise diagnose diagram digest direct discover discuss dissect distil distill distribute
  dive do document double draft draw drive earn edit educate elicit embed emcee enable encourage engage enhance enlist
  enrol enroll escalate establish estimate evaluate examine exchange execute exercise expand experiment explain
  explore extend facilitate fact-check field fill film find finish fix focus follow forecast formulate foster found
  fundraise gain gather generate get give go grade graduate grow guide hand handle head hear help hold hone host
  identify illustrate immerse implement improve increase influence inform initiate innovate inspect install instruct
  integrate interact intern interview introduce invent inventory investigate invite join journal keep kick launch lay
  lead learn lecture leverage liaise list listen lobby localise localize log look maintain make manage map mark
  measure mediate meet mentor merge migrate model moderate modernise modernize monitor motivate move navigate
  negotiate network nominate note observe obtain offer onboard open operate optimise optimize orchestrate order
  organise organize outline overhaul oversee own pair participate partner pass peer-review perform persuade pick pilot
  pitch plan play polish port practice practise praise prepare present prioritise prioritize process produce program
  promote proofread propose prototype prove provide publish pursue raise reach read rebuild recap recognise recognize
  recommend reconcile record recreate recruit redesign redo reduce refactor refine reflect refresh register rehearse
  relaunch release relocate reorganise reorganize repair repeat replace reply report represent request research
  resolve respond restructure retest revamp reverse-mentor review revise reward rewrite role-play rotate run sample
  scale scan schedule scope script search secure seek select sell send serve set shadow shape share sharpen shift ship
  show sign simplify simulate sit sketch solicit solve spar speak spearhead specify spend sponsor staff stage
  standardise standardize start step stock storyboard strategise strategize streamline strengthen structure study
  submit subscribe substitute suggest summarise summarize supervise support survey swap switch tackle take talk teach
  tell test thank tidy tour track train transcribe transfer transform transition translate travel triage trial
  troubleshoot try turn tutor unblock uncover undertake update upgrade use validate verify visit visualise visualize
  volunteer walk watch welcome whiteboard wireframe work write`);

/** German infinitives that name an activity. In a title they often stand last: "Kurs besuchen". */
export const GERMAN_ACTIVITY_INFINITIVES = words(`
  abgeben abhalten abhören ablegen ableiten abschließen absolvieren abstimmen analysieren anbieten anfertigen anfragen
  anhören anleiten anmelden anpassen ansehen ansprechen anwenden aufarbeiten aufbauen aufbereiten aufnehmen aufschreiben
  aufsetzen auftreten ausarbeiten ausbauen ausführen ausprobieren austauschen auswählen auswerten automatisieren
  beantragen beantworten bearbeiten beauftragen befragen begleiten beitragen beitreten belegen beobachten beraten
  berichten beschreiben besichtigen besprechen besuchen beteiligen betreuen bewerben bewerten bilden bitten buchen
  coachen delegieren diskutieren dokumentieren durchführen durcharbeiten durchlaufen durchspielen einarbeiten einbringen
  einführen einholen einladen einreichen einrichten einschreiben einüben entwerfen entwickeln erarbeiten erfassen
  erforschen ergänzen erheben erklären erkunden erläutern ermitteln erneuern eröffnen erproben erstellen erweitern
  erwerben evaluieren festhalten festlegen filmen formulieren fragen führen geben gestalten gewinnen gründen halten
  helfen herstellen hospitieren identifizieren implementieren informieren initiieren interviewen kalkulieren kennenlernen klären
  kontaktieren konzipieren koordinieren kürzen leiten lernen lesen lösen machen messen mitarbeiten mitgestalten
  mithelfen mitmachen mitwirken moderieren modernisieren nachbereiten nachfragen netzwerken notieren nutzen optimieren
  ordnen organisieren pflegen pilotieren planen präsentieren priorisieren produzieren proben programmieren protokollieren
  prüfen recherchieren reden referieren reflektieren sammeln schreiben schulen simulieren skizzieren sprechen starten
  stellen steuern strukturieren studieren teilen teilnehmen testen trainieren treffen trennen üben überarbeiten
  übernehmen überprüfen übersetzen umbauen umsetzen unterrichten unterstützen untersuchen verantworten veranstalten
  verbessern vereinbaren vereinfachen verfassen verfolgen vergleichen verhandeln vermitteln vernetzen veröffentlichen
  verteilen vertreten vorbereiten vorführen vorschlagen vorstellen vortragen wiederholen zeichnen zeigen zuhören
  zusammenarbeiten zusammenfassen zusammenstellen`);

/** German imperatives that are not the infinitive without its last letters. */
export const GERMAN_ACTIVITY_IMPERATIVES = words(`
  gib gebe hilf lies nimm sprich triff vertritt wirb sammle entwickle melde arbeite bereite führe stelle tausche`);
